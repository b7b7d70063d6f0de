// Our own files import './x.js' (what Node will run); jest reads the TypeScript source, so './x.js' means './x.ts' here.
// Only for our files: packages may really ship an x.js beside an x.ts.
module.exports = (request, options) => {
  if (request.startsWith('.') && request.endsWith('.js') && !options.basedir.includes('node_modules')) {
    try {
      return options.defaultResolver(`${request.slice(0, -3)}.ts`, options);
    } catch {
      // fall through to the request as written
    }
  }
  return options.defaultResolver(request, options);
};
