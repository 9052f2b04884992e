/** In bytes, of a question or a body. No procedure needs more: a household's data is a few kilobytes. */
export const LARGEST_MESSAGE = 64 * 1024;

/** In bytes, of a question that carries many people's changes: fewer and larger ones cost half the time. */
export const LARGEST_DELIVERY = 512 * 1024;

/**
 * In bytes, of a directory on its way: all 1,837 offices of the country, and what of their certificates was revoked. What
 * grpc-js takes at all is a megabyte.
 */
export const LARGEST_DIRECTORY = 1000 * 1024;
/** A piece of a batch: a thousand people with what is known of them. */
export const LARGEST_PIECE = 512 * 1024;
