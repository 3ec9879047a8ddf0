"""How the scripts beside this one time a pipeline of scikit-learn."""
import time


def time_pipeline(build, frame, repeat):
    """Samples of `repeat` runs by name: wall seconds of fit, transform and both, CPU seconds of both. One run before them warms up; `build` gives each its pipeline."""
    samples = {"fit": [], "transform": [], "both": [], "both, CPU": []}
    for run in range(repeat + 1):
        pipeline = build()
        t0, c0 = time.perf_counter(), time.process_time()
        pipeline.fit(frame)
        t1 = time.perf_counter()
        pipeline.transform(frame)
        t2 = time.perf_counter()
        if run > 0:
            for name, seconds in (("fit", t1 - t0), ("transform", t2 - t1), ("both", t2 - t0), ("both, CPU", time.process_time() - c0)):
                samples[name].append(seconds)
    return samples
