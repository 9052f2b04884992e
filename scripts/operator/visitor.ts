/** Whoever comes to a counter, as commands are told of them. */
export interface Visitor {
  by: string;
  born?: string;
}

/** They show a passport in the name that is stated; other documents go by `juki notify`. */
const PASSPORT = { kind: 'PASSPORT', expiresOn: '2099-12-31' };

export function notifier({ by: name, born: birthDate }: Visitor): object {
  return { photoId: { ...PASSPORT, name, birthDate } };
}
