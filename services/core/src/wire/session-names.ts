/** The metadata in which an operator's tool sends the session that was begun with the card. */
export const SESSION = 'juki-session';

/** The cookie over HTTP. The prefix lets a browser take it from this very host over TLS, and from nowhere else. */
export const SESSION_COOKIE = '__Host-juki-session';
