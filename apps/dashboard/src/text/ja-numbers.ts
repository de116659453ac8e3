import type { NumberLimits } from '@np-hub/model';

const shown = (value: number): string => value.toLocaleString('ja-JP');

/** What a field for a number takes. */
export const jaNumbers = {
  within: ({ min, max, places }: NumberLimits) => {
    const range =
      min === null
        ? max === null
          ? ''
          : `${shown(max)}以下の`
        : max === null
          ? `${shown(min)}以上の`
          : `${shown(min)}〜${shown(max)} の`;
    const what = places === 0 ? '整数' : places === null ? '数字' : `数字（小数第${places}位まで）`;
    return `${range}${what}で入力してください。`;
  },
};
