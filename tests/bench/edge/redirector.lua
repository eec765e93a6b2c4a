-- The same visit as somebody writes it for nginx with Lua and Redis: the link from Redis over a kept connection, the
-- verdict by a compiled pattern, a click id, a cookie signed by OpenSSL's HMAC-SHA256. The access log is the record of the click: its
-- variables $click_id and $verdict are set for it.
local bit = require "bit"
local ffi = require "ffi"
local base64 = require "ngx.base64"
local redis = require "nginx.redis"

ffi.cdef[[
typedef struct evp_md_st EVP_MD;
const EVP_MD *EVP_sha256(void);
unsigned char *HMAC(const EVP_MD *md, const void *key, int key_len, const unsigned char *data, size_t len,
                    unsigned char *out, unsigned int *out_len);
int RAND_bytes(unsigned char *out, int len);
]]
local crypto = ffi.load("libcrypto.so.3")
local sha256 = crypto.EVP_sha256()
local digest = ffi.new("unsigned char[32]")
local random = ffi.new("unsigned char[10]")

local MAX_AGE = 400 * 86400

local function click_id()
  crypto.RAND_bytes(random, 10)
  local ms = ngx.now() * 1000
  local high = math.floor(ms / 65536)
  return string.format("%08x-%04x-7%03x-%04x-%02x%02x%02x%02x%02x%02x", high, ms % 65536,
    bit.band(random[0] * 256 + random[1], 0xfff), 0x8000 + bit.band(random[2] * 256 + random[3], 0x3fff),
    random[4], random[5], random[6], random[7], random[8], random[9])
end

local function tag_of(said)
  crypto.HMAC(sha256, cookie_key, #cookie_key, said, #said, digest, nil)
  return key_id .. base64.encode_base64url(ffi.string(digest, 16))
end

-- PCRE takes 160 us for the pattern of all bots, so whoever measures keeps its answers: as many agents as a worker sees in a while.
local MAX_AGENTS = 10000
local is_bot, num_agents = {}, 0

local function matches_bot(agent)
  local known = is_bot[agent]
  if known ~= nil then return known end
  if num_agents == MAX_AGENTS then is_bot, num_agents = {}, 0 end
  num_agents = num_agents + 1
  is_bot[agent] = ngx.re.find(agent, bot_pattern, "jo") ~= nil
  return is_bot[agent]
end

local function verdict_of(var)
  if var.request_method == "HEAD" then return "head" end
  local purpose = var.http_sec_purpose or var.http_purpose or var.http_x_purpose or var.http_x_moz
  if purpose and ngx.re.find(purpose, "prefetch|prerender|preview", "ijo") then return "prefetch" end
  local agent = var.http_user_agent
  if not agent or matches_bot(agent) then return "bot" end
  return "human"
end

-- The click that the visitor's cookie remembers, when its tag holds and it is of this link and of the last half hour.
local function remembered_click(cookies, code)
  local found = ngx.re.match(cookies, [[(?:^|; *)_refedge=(1\.([^.;]*)\.([^.;]*)\.(\d+))\.([^;]*)]], "jo")
  if not found or found[2] ~= code or found[5] ~= tag_of(found[1]) then return nil end
  return ngx.time() - tonumber(found[4]) < 1800 and found[3] or nil
end

-- What the visitor's utm_* add to the link's own parameters.
local function destination(location, query)
  if not query or query == "" then return location end
  for name, value in pairs(ngx.decode_args(query)) do
    if name:sub(1, 4) == "utm_" and not location:find("[?&]" .. name .. "=") then
      location = location .. (location:find("?", 1, true) and "&" or "?") .. ngx.encode_args({ [name] = value })
    end
  end
  return location
end

local function find(code)
  local red = redis:new()
  local connected, err = red:connect(redis_socket)
  if not connected then return nil, err end
  local location
  location, err = red:get(code)
  red:set_keepalive(60000, 64)
  return location, err
end

return function()
  local var = ngx.var
  local code = var.uri:match("([%w_-]+)$")
  local location, err = find(code)
  if not location then
    ngx.log(ngx.ERR, "redis: ", err)
    return ngx.exit(503)
  end
  if location == ngx.null then return ngx.exit(404) end

  local verdict = verdict_of(var)
  local may_set = verdict == "human" and var.http_sec_gpc ~= "1"
  local cookies = may_set and var.http_cookie
  local known = cookies and remembered_click(cookies, code)
  local id = known or click_id()
  var.click_id = id
  var.verdict = known and "repeat" or verdict
  local header = ngx.header
  header["Cache-Control"] = "no-store"
  header["Referrer-Policy"] = "strict-origin-when-cross-origin"
  header["X-Robots-Tag"] = "noindex"
  if may_set and not known then
    local said = "1." .. code .. "." .. id .. "." .. ngx.time()
    header["Set-Cookie"] = "_refedge=" .. said .. "." .. tag_of(said) ..
      "; Max-Age=" .. MAX_AGE .. "; Path=/; Domain=shop.example; Secure; HttpOnly; SameSite=Lax"
  end
  return ngx.redirect(destination(location, var.args), 302)
end
