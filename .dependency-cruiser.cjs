const src = (service, path = '') => `^services/${service}/src/${path}`;
const any = '(core|municipality|prefecture|national|agency)';

/** A library may be imported from these folders of the services only. */
function only(name, library, places) {
  return {
    name,
    severity: 'error',
    from: { path: '^services/', pathNot: places },
    to: { path: `node_modules/(${library})/` },
  };
}

/** Imports go one way: main, role, routes and rpc, use cases, storage and audit and trust and peers, wire, domain. */
function below(name, from, forbidden) {
  return { name, severity: 'error', from: { path: from }, to: { path: forbidden } };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-role-imports-a-role',
      severity: 'error',
      from: { path: '^services/(municipality|prefecture|national|agency)/' },
      to: { path: '^services/(municipality|prefecture|national|agency)/', pathNot: '^services/$1/' },
    },
    {
      name: 'core-imports-no-role',
      severity: 'error',
      from: { path: src('core') },
      to: { path: '^services/(municipality|prefecture|national|agency)/' },
    },
    {
      name: 'services-import-no-scripts',
      severity: 'error',
      from: { path: '^services/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(scripts|test|bench)/' },
    },
    below(
      'domain-is-at-the-bottom',
      src(any, 'domain/'),
      src(any, '(storage|trust|audit|wire|peers|rpc|http|routes|use-cases|devices)/'),
    ),
    below(
      'wire-knows-the-domain-alone',
      src(any, 'wire/'),
      src(any, '(storage|trust|audit|peers|rpc|http|routes|use-cases)/'),
    ),
    below('storage-knows-no-line', src(any, 'storage/'), src(any, '(wire|trust|peers|rpc|http|routes|use-cases)/')),
    below('reporting-knows-no-line', src('core', 'reporting/'), src(any, '(wire|peers|rpc|http|routes|use-cases)/')),
    below('use-cases-know-no-entrance', src(any, 'use-cases/'), src(any, '(wire|rpc|http|routes)/')),
    below('peers-know-no-entrance', src(any, 'peers/'), src(any, '(rpc|http|routes|use-cases|storage)/')),
    only('grpc-on-the-line-only', '@grpc/[^/]+|grpc-health-check', src(any, '(wire|peers|rpc)/')),
    only('fastify-for-people-only', 'fastify|@fastify/[^/]+', src(any, '(http|routes)/')),
    only('sql-in-storage-only', 'better-sqlite3|pg', src('core', 'storage/')),
    only('forge-issues-only', 'node-forge', src('core', 'trust/issue-certificate')),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/(dist|generated)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: '.dependency-cruiser.tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
