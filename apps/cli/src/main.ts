import 'reflect-metadata';
import { loadConfig } from '@app/platform';
import { Refusal } from '@app/kernel';
import { Command } from 'commander';
import { importFiles } from './import.js';
import { rebuildReadModels } from './rebuild.js';
import { loadSample } from './sample.js';
import { addUser, listUsers, setPassword } from './users.js';

const program = new Command('ledger').description('转化台账 Transfer Ledger');
const config = loadConfig(process.env);

program
  .command('import')
  .description('导入电子表格 / import spreadsheets; the kind is the file name, NN-<kind>.csv, unless given')
  .argument('<files...>', '.csv / .xlsx')
  .requiredOption('--as <user>', '经办用户 / user on whose behalf')
  .option('--kind <kind>', '表格类型 / kind of sheet')
  .action((files: string[], options: { as: string; kind?: string }) => importFiles(config, files, options));

program
  .command('sample')
  .description('装入示例数据 / load the sample history into an empty ledger')
  .option('--folder <folder>', '示例目录 / folder of the sample', 'seeds')
  .action(({ folder }: { folder: string }) => loadSample(config, folder));

program
  .command('rebuild')
  .description('重建读模型并逐行比对 / build the read models anew beside the present ones and compare row by row')
  .action(() => rebuildReadModels(config));

const user = program.command('user').description('用户 / users');
user
  .command('add')
  .argument('<username>')
  .requiredOption('--role <role>', 'TRANSFER_OFFICE, DATA_CLERK, FUND_ADMIN, REVIEWER, AUDITOR, SYSTEM_ADMIN')
  .requiredOption('--organisation <organisation>', '高校代码或单位 / university code or office')
  .option('--name <name>', '显示名 / display name')
  .action((username: string, options: { role: string; organisation: string; name?: string }) =>
    addUser(config, username, options),
  );
user
  .command('password')
  .argument('<username>')
  .action((username: string) => setPassword(config, username));
user.command('list').action(() => listUsers(config));

try {
  await program.parseAsync();
} catch (error) {
  console.error(
    error instanceof Refusal ? `${error.rule}: ${error.text.zh} / ${error.text.en}（${error.clause}）` : error,
  );
  process.exitCode = 1;
}
