import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runNpm, type RunningCommand } from '../network/running-command.js';
import { copyClone } from './clone-copy.js';

const generated = ['subgraphs/nbnp/schema.graphql', 'shared/errors/codes.md'];

it('the guides’ commands for a partner do what they say', { timeout: 600_000 }, async () => {
  await using copy = await copyClone();
  const read = () =>
    Promise.all(generated.map((file) => readFile(join(copy.folder, file), 'utf8')));
  const before = await read();
  const start = (line: string, own = {}): RunningCommand =>
    runNpm(
      line.split(' ').slice(1),
      { HUB_DATA_DIR: join(copy.folder, '.data'), ...own },
      copy.folder,
    );
  const run = async (line: string) => {
    await using command = start(line);
    const code = await command.ended;
    expect(code, `${line}\n${command.output().stderr}`).toBe(0);
    return command.output().stdout;
  };
  await run('npm run schema:emit -w subgraphs/nbnp');
  await run('npm run docs:emit');
  expect(await read()).toEqual(before);
  await run('npm run db:migrate -w subgraphs/nbnp');
  await run('npm run db:seed -w subgraphs/nbnp');
  {
    await using server = start('npm start -w subgraphs/nbnp', { PORT: '0' });
    await server.until(/"msg":"ready"/);
    server.kill('SIGTERM');
    await server.ended;
  }
  await run('npm run hub -- keys make');
  const shown = await run('npm run hub -- keys show --file .data/keys/nbnp.public.json');
  expect(await run('npm run keys -w subgraphs/nbnp -- show')).toContain(
    /signing +\S+/.exec(shown)?.[0],
  );
  expect(await run('npm run keys -w subgraphs/nbnp -- rotate')).toContain('Step 1 of 3 is done');
  expect(await run('npm run hub -- keys rotate')).toContain('Step 1 of 3 is done');
  const backup = join(copy.folder, 'nbnp.backup');
  expect(await run(`npm run hub -- backup --partner nbnp --to ${backup}`)).toContain(
    'backed up to',
  );
  expect(await run(`npm run hub -- restore --partner nbnp --from ${backup}`)).toContain(
    'restored from',
  );
});
