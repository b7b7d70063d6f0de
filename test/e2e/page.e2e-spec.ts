import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { type Browser, type Page, chromium } from 'playwright-core';
import { Product } from './product.js';

const SHOTS = process.env['LEDGER_SCREENSHOTS'];

/** The page in a real browser, on a ledger with the reference universities and invented records. */
describe('the page', () => {
  const product = new Product();
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await product.cli('sample');
    await product.start();
    const find = "import('./tools/ensure-chromium.mjs').then(({ findChromium }) => console.log(findChromium() ?? ''))";
    const executablePath = execFileSync(process.execPath, ['-e', find]).toString().trim();
    if (!executablePath) throw new Error('no chromium: node tools/ensure-chromium.mjs');
    const args = [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ];
    browser = await chromium.launch({ executablePath, args });
    page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' });
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await product.dispose();
  });

  const shot = async (name: string) => {
    if (!SHOTS) return;
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
  };
  const figure = (id: string) => page.getByTestId(id).first();

  it('lets a reviewer sign in and refuses a wrong password in words', async () => {
    await page.goto(product.url);
    await page.locator('input[autocomplete=username]').fill('reviewer');
    await page.locator('input[type=password]').fill('not-the-password');
    await page.locator('button[type=submit]').click();
    await page.getByTestId('error').waitFor();
    expect(await page.getByTestId('error').innerText()).toContain('A-4');
    await page.locator('input[type=password]').fill('sample-reviewer');
    await page.locator('button[type=submit]').click();
    await figure('target-verdict').waitFor();
    await shot('target-board');
  }, 60_000);

  it('shows the target as the API has it', async () => {
    await product.signIn('reviewer');
    const { city } = (await product.get('/api/v1/boards/target')).body as {
      city: {
        years: Array<{
          year: number;
          counts: Record<string, { total: number }>;
          growth: Record<string, { verdict: string }>;
        }>;
      };
    };
    const last = city.years.find(({ year }) => year === 2025);
    expect(await figure('target-verdict').getAttribute('data-verdict')).toBe(last?.growth['patent-times']?.verdict);
    const row = await figure('year-row-2025').innerText();
    expect(row.replaceAll(',', '')).toContain(String(last?.counts['patent-times']?.total));
    expect(await page.getByTestId('sample-banner').innerText()).toContain('示例');
    await page.getByTestId('growth-chart').locator('canvas, svg').first().waitFor();
  }, 60_000);

  it('speaks English after a switch', async () => {
    await page.getByTestId('language').click();
    await page.locator('html[lang^=en]').waitFor();
    await shot('target-board-en');
    await page.getByTestId('language').click();
    await page.locator('html[lang^=zh]').waitFor();
  }, 60_000);

  it('shows the fund year: budget, allocated, left', async () => {
    await page.goto(`${product.url}/fund`);
    await figure('fund-left').waitFor();
    expect((await figure('fund-budget').innerText()).replaceAll(',', '')).toContain('1000');
    await shot('fund-board');
  }, 60_000);

  it('finds a contract and opens its time line', async () => {
    await page.goto(`${product.url}/records?kind=contract`);
    const row = page.locator('[data-testid^=record-row-]').first();
    await row.waitFor();
    await shot('records');
    await row.click();
    await page.getByTestId('event-0').waitFor();
    expect(await page.getByTestId('record-status').innerText()).not.toBe('');
    await shot('record-detail');
  }, 60_000);

  it('takes a sheet and says what was wrong with it', async () => {
    await page.goto(`${product.url}/imports`);
    await page.locator('input[type=file]').waitFor({ state: 'attached' });
    await shot('imports');
  }, 60_000);
});
