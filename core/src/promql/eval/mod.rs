//! Evaluation, a node at a time over a block of steps.
