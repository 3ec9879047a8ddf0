// Kills its process when the process that started it is gone: a run of onnxruntime blocks the event loop that would hear of it.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, 1_000);
