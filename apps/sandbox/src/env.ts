/** The only reader of the environment. Flags of the command line outrank it. */
export const environment = {
  port: process.env.NP_HUB_SANDBOX_PORT,
  host: process.env.NP_HUB_SANDBOX_HOST,
  dataDir: process.env.NP_HUB_SANDBOX_DATA_DIR,
  config: process.env.NP_HUB_SANDBOX_CONFIG,
  demoLife: process.env.NP_HUB_SANDBOX_DEMO_LIFE,
};
