/**
 * Read by zod, and so before anything that makes a schema: otherwise it tries, on every visit, whether the page may
 * compile code from text. It may not, and a policy that is broken by the house itself hides who else breaks it.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
