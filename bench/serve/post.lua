-- Sends the lines of a file in turn, as the bodies of POST requests.
local path = "/"
local at = 0
local requests = {}

function init(args)
  path = args[2]
  for line in io.lines(args[1]) do requests[#requests + 1] = wrk.format("POST", path, { ["Content-Type"] = "application/json" }, line) end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

-- One line of JSON; latencies are microseconds.
function done(summary, latency, _)
  io.write(string.format('{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"bad":%d}\n', summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
