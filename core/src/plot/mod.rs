//! Layer 2: charts: scales, decimation, series to any plotters `DrawingBackend`. Knows no page.
