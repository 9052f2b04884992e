import type { Later } from './courier.js';

/** After so many milliseconds, unless the process has nothing else left to do. */
export const later: Later = (act, ms) => {
  const timer = setTimeout(act, ms).unref();
  return () => clearTimeout(timer);
};
