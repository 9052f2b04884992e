import { Command } from 'commander';
import { checkApplication, type Finding, readApplication } from '#agency/example/check-application.js';
import { jsonIn } from '../operator/options.js';
import { asAgency } from './place.js';

/** agency check-application: an application for a licence is checked without a copy of a resident record attached. */
export function checkApplicationCommand(): Command {
  return new Command('check-application')
    .description('check an application for a licence by what the network knows, instead of an attached copy')
    .requiredOption('--file <file>', 'services/agency/example/application.json, and others beside it')
    .action(({ file }: { file: string }, command: Command) => {
      const application = readApplication(jsonIn(file));
      return asAgency(command, application.statutoryPurpose, async (agency, json) => {
        const finding = await checkApplication(agency, application);
        console.log(json ? JSON.stringify(finding) : `${application.procedure}\n${findingText(finding)}`);
      });
    });
}

const LABELS = { name: '氏名', birthDate: '生年月日', sex: '性別', address: '住所' };

function findingText(finding: Finding): string {
  switch (finding.finding) {
    case 'NO_COPY_NEEDED': {
      const spelled = finding.spelledOtherwise.map(
        ({ item, stated, register }) => `  ${LABELS[item]}　申請書「${stated}」　住民票「${register}」`,
      );
      return ['添付書類不要: 住民票の写しは要りません', ...spelled].join('\n');
    }
    case 'RECORD_DELETED':
      return '住民票が消除されています: 申請者に事情を確認してください';
    case 'ASK_TO_CORRECT':
      return '該当者なし: 申請者に氏名・生年月日・性別・住所の補正を求めてください';
    case 'IN_CORRECTION':
      return '本人確認情報が訂正中です: 後日あらためて照会するか、住民票の写しの提出を求めてください';
  }
}
