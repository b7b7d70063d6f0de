// The browser that the whole test drives. `findChromium` is also what a spec or a script asks for its path.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The path of the browser, or undefined: CHROMIUM_PATH first, then the usual names on the PATH. */
export const findChromium = (env = process.env) => {
  if (env.CHROMIUM_PATH) return isExecutable(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined;
  const folders = (env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
};

const install = () => {
  console.log('installing chromium and a Chinese font / 正在安装 chromium 与中文字体 …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...options) =>
    spawnSync('apt-get', ['-qq', ...options], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  return apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk');
};

const ensure = () => {
  if (findChromium()) return true;
  const mayInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  return !process.env.CHROMIUM_PATH && mayInstall && install() && Boolean(findChromium());
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href && !ensure()) {
  console.error(
    'The browser tests need Chromium: install it, or set CHROMIUM_PATH to an executable Chromium or Chrome.',
  );
  console.error('浏览器测试需要 Chromium：请先安装，或将环境变量 CHROMIUM_PATH 指向可执行的 Chromium 或 Chrome。');
  process.exitCode = 1;
}
