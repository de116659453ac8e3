{
  "extends": "../../tsconfig.base.json",
  "compilerOptions": { "outDir": "dist", "noEmit": true },
  "include": ["src", "test"]
}
