import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useI18n } from '../i18n.js';

register([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export interface ChartPoint {
  readonly year: number;
  readonly actual: number;
  readonly required: number | null;
}

const optionOf = (points: readonly ChartPoint[], actual: string, required: string) => ({
  grid: { left: 8, right: 8, top: 40, bottom: 4, containLabel: true },
  legend: { top: 0, left: 0, itemGap: 24 },
  tooltip: { trigger: 'axis' },
  xAxis: { type: 'category', data: points.map(({ year }) => String(year)), axisTick: { show: false } },
  yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: '#e3e8ee' } } },
  series: [
    {
      name: actual,
      type: 'bar',
      barMaxWidth: 56,
      itemStyle: { color: '#0b5394' },
      label: { show: true, position: 'inside', color: '#fff' },
      data: points.map((point) => point.actual),
    },
    {
      name: required,
      type: 'line',
      symbolSize: 8,
      lineStyle: { type: 'dashed', width: 2 },
      itemStyle: { color: '#c2570c' },
      label: {
        show: true,
        position: 'top',
        color: '#a34a0a',
        backgroundColor: '#fff',
        padding: [1, 4],
        borderRadius: 3,
      },
      data: points.map((point) => point.required),
    },
  ],
});

/** The counted conversions of each year beside the number the target asks for. The year table says the same in text. */
export const GrowthChart = ({ points }: { readonly points: readonly ChartPoint[] }) => {
  const { t } = useI18n();
  const place = useRef<HTMLDivElement>(null);
  const [actual, required] = [t('target.chartActual'), t('target.chartRequired')];
  useEffect(() => {
    if (!place.current) return undefined;
    const chart = init(place.current);
    chart.setOption(optionOf(points, actual, required));
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [points, actual, required]);
  return <div ref={place} className="chart" role="img" aria-label={t('target.chart')} data-testid="growth-chart" />;
};
