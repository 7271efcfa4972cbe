-- One row = one pair of current reports, the one with the smaller id first, by the numbers under which they are remembered.
SELECT number_l, number_r, levels FROM known.pairs;
