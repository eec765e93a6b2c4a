-- wrk's requests: one code after the other from a file of equally long lines, beginning where it is told.
-- Arguments after wrk's "--": file, number of the first line, length of a code, the headers as one text.
local codes, at, step, length, headers

function init(args)
  local file = assert(io.open(args[1], "rb"))
  codes = file:read("*a")
  file:close()
  length = tonumber(args[3])
  step = length + 1
  at = tonumber(args[2]) * step % #codes
  headers = " HTTP/1.1\r\n" .. args[4] .. "\r\n"
end

function request()
  local code = codes:sub(at + 1, at + length)
  at = at + step
  if at >= #codes then at = 0 end
  return "GET /r/" .. code .. headers
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format('\n{"requests":%d,"seconds":%.6f,"p50":%d,"p99":%d,"errors":%d}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
