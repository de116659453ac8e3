/** Which way imports may go. Checked by scripts/test/imports.test.ts, which also proves that each rule can fail. */

const tests = '(\\.test\\.tsx?$|/test/)';
const installed = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    rule('no-cycle', 'A cycle hides who depends on whom.', {}, { circular: true }),
    rule('resolvable', 'Every import leads somewhere.', {}, { couldNotResolve: true }),
    rule(
      'model-is-pure',
      'The model imports zod and nothing else.',
      { path: '^packages/model/', pathNot: tests },
      { pathNot: `^packages/model/|${installed('zod')}` },
    ),
    rule(
      'model-knows-nobody',
      'Not even from its tests.',
      { path: '^packages/model/' },
      { path: '^(apps|packages/(?!model/))' },
    ),
    rule(
      'kit-knows-the-model',
      'The kit imports the model only.',
      { path: '^packages/kit/' },
      { path: '^(apps|packages/(?!kit/|model/))' },
    ),
    rule(
      'contract-knows-model-and-kit',
      'The contract suites are about any adapter, so they know none.',
      { path: '^packages/contract/' },
      { path: '^(apps|packages/(?!contract/|kit/|model/))' },
    ),
    rule(
      'adapters-and-gateways-stand-alone',
      'They know model and kit, not the apps and not each other.',
      { path: '^packages/((?:adapter|gateway)-[^/]+)/' },
      { path: '^(apps|packages)/', pathNot: '^packages/(model|kit|contract|$1)/' },
    ),
    rule(
      'no-framework-in-packages',
      'Nest, TypeORM and the database belong to the hub.',
      { path: '^packages/' },
      { path: installed('@nestjs', 'typeorm', 'pg', 'pg-boss', 'fastify') },
    ),
    rule(
      'contract-in-tests-only',
      'The contract suites are no part of what runs.',
      { pathNot: `^packages/contract/|${tests}` },
      { path: '^packages/contract/' },
    ),
    rule(
      'dashboard-knows-the-model',
      'The dashboard talks to the hub over HTTP.',
      { path: '^apps/dashboard/' },
      { path: '^(packages/(?!model/)|apps/(?!dashboard/))' },
    ),
    rule(
      'sandbox-speaks-the-wire',
      'The stand-ins share no code with what they test, so that a shared mistake cannot hide.',
      { path: '^apps/sandbox/' },
      { path: '^(packages/|apps/(?!sandbox/))' },
    ),
    rule(
      'hub-runs-alone',
      'The hub’s own code imports no other app; its tests may start the sandbox.',
      { path: '^apps/hub/src/', pathNot: tests },
      { path: '^apps/(?!hub/)' },
    ),
    rule(
      'one-list-of-carts-and-gateways',
      'Only adapters.ts and gateways.ts name them.',
      { path: '^apps/hub/src/', pathNot: `^apps/hub/src/(adapters|gateways)\\.ts$|${tests}` },
      { path: '^packages/(adapter|gateway)-' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.turbo|\\.np-hub)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
