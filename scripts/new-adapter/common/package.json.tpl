{
  "name": "@np-hub/adapter-__NAME__",
  "version": "0.1.0",
  "private": true,
  "license": "Apache-2.0",
  "type": "module",
  "exports": {
    ".": {
      "source": "./src/index.ts",
      "default": "./dist/index.js"
    }
  },
  "scripts": {
    "typecheck": "tsc -p tsconfig.json"
  },
  "dependencies": {
    "@np-hub/kit": "workspace:*",
    "@np-hub/model": "workspace:*",
    "zod": "__ZOD__"
  },
  "devDependencies": {
    "@np-hub/contract": "workspace:*"
  }
}
