-- One row = what the comparisons of some pair show together, in order of their numbers, which have no gaps.
SELECT match_probability, gammas FROM known.levels ORDER BY levels;
