import { UserError } from '@hub/shared/system';
import { readNetworkConfig } from '../../config.js';
import { openRegistryFiles } from '../../registry/files/served-graph.js';
import { defineCommand } from '../define-command.js';

/** The command `administration`. */
export const runAdministrationCommand = defineCommand(
  'npm run hub -- administration',
  (command, { say, environment }) => {
    const open = () => openRegistryFiles(readNetworkConfig(environment).dataDir).administration;
    command
      .command('verify')
      .description('whether the log of administration is whole')
      .action(() => {
        const check = open().verify();
        if (!check.isWhole)
          throw new UserError(`The log is broken at line ${check.sequence}: ${check.reason}.`);
        say(
          `The log is whole: ${check.entries} entries, the last with the hash ${check.lastHash}.`,
        );
      });
    command
      .command('list')
      .description('what was done to the network and its graph')
      .action(() => {
        const lines = open()
          .read()
          .map(({ sequence, at, event, details }) =>
            [sequence, at, event, JSON.stringify(details)].join('  '),
          );
        say(lines.join('\n') || 'The log is empty.');
      });
  },
);
