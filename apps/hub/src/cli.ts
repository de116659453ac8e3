import { runCommand } from './cli/command.js';
import { EnvironmentError, readCommandEnvironment } from './env.js';

const output = {
  isTerminal: process.stdout.isTTY,
  write: (text: string): void => void process.stdout.write(text),
};

try {
  process.exitCode = await runCommand(process.argv.slice(2), readCommandEnvironment(), output);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = error instanceof EnvironmentError ? 2 : 1;
}
