import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('test-node.mjs', import.meta.url));

describe('npm run test:node', () => {
  it.each([[[]], [['gateway']], [['24; rm']], [['../24']]])(
    'prints its usage and installs nothing: %j',
    (args) => {
      const { status, stderr } = spawnSync(process.execPath, [script, ...args], {
        encoding: 'utf8',
      });
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: expect.stringMatching(/^Usage: npm run test:node -- <version>/) as string,
      });
    },
  );
});
