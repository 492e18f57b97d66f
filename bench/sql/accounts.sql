-- :n accounts, each with a customer and a door, named and addressed as in a county town: surnames of very different frequency,
-- every address beginning with the same province, city and county. Account.search follows (bench/search.py).
BEGIN;
INSERT INTO accounts_territory (id, parent_id, level, name, code, area, path) VALUES (1, NULL, 'county', '兰陵县', '', 'urban', '/1/');
CREATE TEMP TABLE word AS SELECT
  regexp_split_to_array('王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金', '') AS surname,
  regexp_split_to_array('伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红梅建国志文海燕晓波宇欣怡子涵浩然梓轩雨泽俊婷慧莉雪峰林鹏飞凤云春生东成龙光', '') AS given,
  ARRAY['卞庄街道','向城镇','尚岩镇','兰陵镇','长城镇','庄坞镇','神山镇','车辋镇','芦柞镇','磨山镇','新兴镇','南桥镇','大仲村镇','金岭镇','鲁城镇'] AS town,
  ARRAY['开元名都','阳光花园','锦绣家园','盛世豪庭','金色港湾','书香雅苑','翠湖湾','城市之星','桂花园','福泰佳苑','幸福里','东方明珠'] AS compound;
CREATE TEMP TABLE person AS SELECT n,
    surname[1 + floor(power(random(), 2) * array_length(surname, 1))::int]
      || given[1 + floor(random() * array_length(given, 1))::int]
      || CASE WHEN random() < 0.75 THEN given[1 + floor(random() * array_length(given, 1))::int] ELSE '' END AS name,
    '山东省临沂市兰陵县' || town[1 + n * 15 / (:n + 1)] || compound[1 + n * 180 / (:n + 1) % 12]
      || (1 + n / 132 % 40) || '号楼' || (1 + n / 66 % 2) || '单元' || (100 * (1 + n / 2 % 33) + 1 + n % 2) AS address
  FROM word, generate_series(1, :n::bigint) AS n;
INSERT INTO accounts_customer
    (id, kind, name, segment, is_vulnerable, language, channel, email, id_number_sealed, id_number_digest, id_number_tail, created_at)
  SELECT n, 'person', name, 'ordinary', false, 'zh-hans', 'sms', '', '', '', '', now() FROM person;
INSERT INTO accounts_premises (id, territory_id, door, address) SELECT n, 1, n::text, address FROM person;
INSERT INTO accounts_account
    (id, number, customer_id, premises_id, use_kind, price_class, status, frozen_reason, opened_at, closed_at, search)
  SELECT n, 1000000000 + n, n, n, 'residential', 'resident', CASE WHEN n % 50 = 0 THEN 'closed' ELSE 'open' END, '', now(),
    CASE WHEN n % 50 = 0 THEN now() END, ''
  FROM person;
COMMIT;
