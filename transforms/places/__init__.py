"""The gazetteer: place names of the world, kept as one index file, and the choice among places of one name.

Belongs here: building, opening and asking the index (`build`, `index`), the sources it is made of (`geonames`, `areas`, `regions`,
`user_file`), spellings (`names`) and the choice among candidates (`resolve`). Keep out: reading sentences (`transforms/reading`).
"""
