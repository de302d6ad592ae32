"""Measuring and fitting: evaluation, calibration, training, benchmarks."""
