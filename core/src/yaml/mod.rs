//! Layer 1: the one typed YAML reader, for every file a learner can touch; every value knows its line and column.
