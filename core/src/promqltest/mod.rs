//! Layer 4: the runner of promqltest scripts (`load`, `eval instant`, `eval range`, `expect`). Reads no file: text in,
//! an outcome for every `eval` out.
