//! Aggregation operators (`sum`, `topk`, …), one small file a family.
