/** What the directory's procedures carry between offices (DESIGN 4; DOMAIN 9), field by field. */
export const DIRECTORY_MESSAGES: Record<string, Record<string, string>> = {
  'juki.directory.v1.PublishDirectoryRequest': {
    '1 directory: juki.directory.v1.SignedDirectory':
      '9: computers authenticate each other; participation is a state (1)',
  },
  'juki.directory.v1.PublishDirectoryResponse': { '1 number: int32': '9: which directory is held' },
  'juki.directory.v1.GetDirectoryRequest': {},
  'juki.directory.v1.GetDirectoryResponse': {
    '1 directory: juki.directory.v1.SignedDirectory': '9: computers authenticate each other',
    '2 age_seconds: int64': '9: how old it is',
  },
  'juki.directory.v1.SignedDirectory': {
    '1 content: bytes': '1: participation is a state; 9: threat levels, cut the connection',
    '2 issued_at: int64': '9: since when',
    '3 signature: bytes': '9: of the centre',
    '4 certificate: bytes': '9: of the centre',
  },
  'juki.directory.v1.CutOffRequest': {
    '1 office: string': '9: level 3: cut the connection',
    '2 cause: juki.directory.v1.Cause': '9: abuse, and failure',
  },
  'juki.directory.v1.CutOffResponse': { '1 number: int32': '9: which directory says so' },
  'juki.directory.v1.RejoinRequest': { '1 office: string': '9: restart only after the cause is gone' },
  'juki.directory.v1.RejoinResponse': { '1 number: int32': '9: which directory says so' },
};

export const DIRECTORY_PROCEDURES: Record<string, string[]> = {
  '/juki.directory.v1.DirectoryService/PublishDirectory': [
    ...['juki.directory.v1.PublishDirectoryRequest', 'juki.directory.v1.PublishDirectoryResponse'],
  ],
  '/juki.directory.v1.DirectoryService/GetDirectory': [
    ...['juki.directory.v1.GetDirectoryRequest', 'juki.directory.v1.GetDirectoryResponse'],
  ],
  '/juki.directory.v1.StandingService/CutOff': [
    ...['juki.directory.v1.CutOffRequest', 'juki.directory.v1.CutOffResponse'],
  ],
  '/juki.directory.v1.StandingService/Rejoin': [
    ...['juki.directory.v1.RejoinRequest', 'juki.directory.v1.RejoinResponse'],
  ],
};

export const DIRECTORY_ENUMS: Record<string, Record<string, string>> = {
  'juki.directory.v1.Cause': {
    '0 CAUSE_UNSPECIFIED': 'refused',
    '1 CAUSE_COMPROMISED': '9: abuse',
    '2 CAUSE_MALFUNCTION': '9: failure',
    '3 CAUSE_AT_ITS_REQUEST': '9: level 3',
  },
};
