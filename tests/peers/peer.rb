# Opens and makes a bp_e as the manual's Ruby sample does, and signs with Ruby's own JSON and OpenSSL.
require "base64"
require "json"
require "openssl"
require "uri"

# The manual's sample; URI.unescape went with Ruby 3, this is what it called.
def open_metadata(given)
  key = given["key"].slice(0, 32)
  encrypted_data = Base64.decode64(URI::DEFAULT_PARSER.unescape(given["bp_e"]))
  cipher = OpenSSL::Cipher.new("AES-256-ECB")
  cipher.decrypt
  cipher.key = key
  (cipher.update(encrypted_data) + cipher.final).force_encoding("UTF-8")
end

# encode64 breaks lines, as in the manual's printed example.
def make_metadata(given)
  cipher = OpenSSL::Cipher.new("AES-256-ECB")
  cipher.encrypt
  cipher.key = given["key"].slice(0, 32)
  Base64.encode64(cipher.update(given["text"].empty? ? "{}" : given["text"]) + cipher.final)
end

def sign(given)
  signed = given["fields"].sort.to_h.merge("secret" => given["secret"])
  OpenSSL::Digest::SHA256.hexdigest(JSON.generate(signed))
end

def sign_body(given)
  Base64.strict_encode64(OpenSSL::HMAC.digest("SHA1", given["secret"], given["body"]))
end

cases = JSON.parse($stdin.read.force_encoding("UTF-8"))
puts JSON.generate(cases.map { |given| send(given["do"], given) })
