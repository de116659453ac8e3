import { Text } from '@mantine/core';
import { describeProblem, type TransactionView } from '@np-hub/model';
import { Section } from '../../components/section.js';
import { useSpeech } from '../../text/speech.js';
import { problemsOf } from '../../words.js';
import { correctableOf, valueOf } from './fields.js';

/** What the checks found before anything was sent: the field, the rule, the present value and a good one. */
export function Problems({ view }: { view: TransactionView }) {
  const { text, language } = useSpeech();
  const { problems } = text.detail;
  const { colon } = text.common;
  const found = problemsOf(view);
  if (found.length === 0) return null;
  return (
    <Section title={problems.title}>
      <Text size="sm" mb="xs">
        {problems.lead}
      </Text>
      <ul className="problem-list">
        {found.map((problem) => {
          const words = describeProblem(problem, language);
          const path = correctableOf(problem.field);
          const value = path ? valueOf(view, path) : '';
          return (
            <li key={`${problem.field} ${problem.rule} ${JSON.stringify(problem.figures ?? {})}`}>
              <strong>{words.message}</strong>
              {value && (
                <span className="problem-line">
                  {problems.value}
                  {colon}
                  <span className="value-text">{value}</span>
                </span>
              )}
              {words.good && (
                <span className="problem-line">
                  {/^(例|Example)/u.test(words.good) ? '' : problems.good + colon}
                  {words.good}
                </span>
              )}
              {problem.npCode && (
                <span className="problem-line quiet">
                  {problems.npCode}
                  {colon}
                  <span className="mono">{problem.npCode}</span>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
