/** In bytes, of a question or a body. No procedure needs more: a household's data is a few kilobytes. */
export const LARGEST_MESSAGE = 64 * 1024;
