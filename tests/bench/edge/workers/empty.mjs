// The least that a worker can do: the same answer to everybody, made of constants.
export default {
  fetch(_request, env) {
    return new Response(null, { status: 302, headers: {
      Location: env.LOCATION,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'strict-origin-when-cross-origin',
      'X-Robots-Tag': 'noindex',
      'Set-Cookie': env.COOKIE,
    } });
  },
};
