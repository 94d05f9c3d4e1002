// The lists of a profile: what each entry has, in the names of the API.

import { say } from "../language.js";
import { words } from "../words.js";

const MONTH = { type: "month", pattern: "[0-9]{4}-(0[1-9]|1[0-2])", placeholder: "2026-03" };
const NAME = { maxlength: 100 };

/**
 * By the list's name: its title, the most entries, and the fields of an entry. A field has a name, a label, and either
 * the attributes of its input or its options; one that is optional is sent as null when it is empty.
 */
export const LISTS = {
  workExperiences: {
    title: () => say("경력", "Work"), most: 20,
    fields: () => [
      { name: "companyName", label: say("회사", "Company"), input: NAME }, { name: "departmentName", label: say("부서", "Department"), input: NAME },
      { name: "role", label: say("역할", "Role"), input: NAME }, { name: "workType", label: say("고용 형태", "Terms"), options: words("workType") },
      { name: "employmentStatus", label: say("상태", "State"), options: words("employmentStatus") },
      { name: "startedAt", label: say("시작", "From"), input: MONTH }, { name: "endedAt", label: say("끝", "Until"), input: MONTH, optional: true },
    ],
  },
  educations: {
    title: () => say("학력", "Education"), most: 10,
    fields: () => [
      { name: "schoolType", label: say("구분", "Kind"), options: words("schoolType") }, { name: "schoolName", label: say("학교", "School"), input: NAME },
      { name: "major", label: say("전공", "Major"), input: NAME }, { name: "graduationStatus", label: say("상태", "State"), options: words("graduationStatus") },
      { name: "startedAt", label: say("시작", "From"), input: MONTH }, { name: "endedAt", label: say("끝", "Until"), input: MONTH, optional: true },
    ],
  },
  certificates: {
    title: () => say("자격", "Certificates"), most: 20,
    fields: () => [
      { name: "name", label: say("이름", "Name"), input: NAME }, { name: "grade", label: say("등급", "Grade"), input: NAME, optional: true },
      { name: "date", label: say("취득", "Given"), input: MONTH }, { name: "organization", label: say("발급 기관", "By"), input: NAME },
    ],
  },
  links: {
    title: () => say("링크", "Links"), most: 10,
    fields: () => [
      { name: "title", label: say("제목", "Title"), input: NAME },
      { name: "url", label: say("주소", "Address"), input: { type: "url", pattern: "https:.*", placeholder: say("https로 시작하는 주소", "An https address"), maxlength: 2000 } },
    ],
  },
};
