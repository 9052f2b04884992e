const services = 'core|municipality|prefecture|national|agency';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  roots: ['<rootDir>/services', '<rootDir>/scripts', '<rootDir>/test'],
  modulePathIgnorePatterns: ['/dist/'],
  moduleNameMapper: {
    [`^#(${services})/(.*)\\.js$`]: '<rootDir>/services/$1/src/$2.ts',
    '^#scripts/(.*)\\.js$': '<rootDir>/scripts/$1.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2024',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  globalSetup: '<rootDir>/test/support/temporary-folder.ts',
  globalTeardown: '<rootDir>/test/support/remove-containers.ts',
  testTimeout: 20_000,
  // Also where there are two cores alone; a worker that has grown makes room for the next file.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1500MB',
};
