import 'reflect-metadata';
import { LogFileDamaged, NotThisLog } from '@app/event-store';
import { explain, loadConfig, reportVariables } from '@app/platform';
import { Refusal } from '@app/kernel';
import { Command } from 'commander';
import { exportLogTo } from './export-log.js';
import { importLogFrom } from './import-log.js';
import { importOfficeFrom } from './import-office.js';
import { importFiles } from './import.js';
import { rebuildReadModels } from './rebuild.js';
import { loadSample } from './sample.js';
import { addUser, listUsers, setPassword } from './users.js';

const program = new Command('ledger').description('转化台账 Transfer Ledger');
const configured = () => {
  try {
    reportVariables(process.env);
    return loadConfig(process.env);
  } catch (error) {
    console.error(explain(error));
    process.exit(1);
  }
};
const config = configured();

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

program
  .command('export')
  .description('导出全部日志 / write the whole log to a new file; the server may run')
  .argument('<file>', '.jsonl / .jsonl.gz')
  .action((file: string) => exportLogTo(config, file));

program
  .command('import-log')
  .description('导入日志到空库，中断后可续 / move an exported log into an empty store; run again after an interruption')
  .argument('<file>', '.jsonl / .jsonl.gz')
  .action((file: string) => importLogFrom(config, file));

program
  .command('import-office')
  .description(
    '复制用户、人员等办公数据 / copy users, persons and settings of another data folder into an empty office',
  )
  .argument('<folder>', '原数据目录 / data folder to copy from')
  .action((folder: string) => importOfficeFrom(config, folder));

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

/** What the user can act on is said in a line; anything else comes with its stack. */
const said = (error: unknown): unknown => {
  if (error instanceof Refusal) return `${error.rule}: ${error.text.zh} / ${error.text.en}（${error.clause}）`;
  return error instanceof LogFileDamaged || error instanceof NotThisLog ? error.message : explain(error);
};

try {
  await program.parseAsync();
} catch (error) {
  console.error(said(error));
  process.exitCode = 1;
}
