/** That a column of 32 bits has room for. */
export const HIGHEST_INTEGER = 2 ** 31 - 1;
