"""First names in Latin letters, syllables of pinyin, and words with a capital that are nobody's name."""

from .word_lists import words

FIRST = words(
    "Aaron Adam Alan Albert Alex Alexander Alexandra Alexei Alice Alison Amanda Amy Andrea Andrei Andrew Andrey Angela Anna Anne"
    " Anthony Antonio Arthur Ashley Barbara Benjamin Bernard Betty Beverly Brandon Brenda Brian Bruce Bryan Caroline Catherine"
    " Charles Charlotte Cheryl Christian Christina Christine Christopher Cynthia Daniel David Deborah Debra Denis Dennis Diana Diane"
    " Dmitri Dmitry Donald Donna Dorothy Douglas Edward Elena Elizabeth Emily Emma Eric Ethan Eugene Evelyn Frances Gary George"
    " Gerald Gloria Gregory Hannah Harold Harry Heather Helen Henry Igor Irina Isabella Ivan Jack Jacob Jacqueline James Janet"
    " Janice Jason Jeffrey Jennifer Jeremy Jessica Joan Joe John Johnny Jonathan Jordan Jose Joseph Joshua Joyce Juan Judith Judy"
    " Julia Julie Justin Karen Katherine Kathleen Kathryn Keith Kelly Kenneth Kevin Kimberly Kyle Larry Laura Lauren Lawrence Linda"
    " Lisa Logan Louis Lucy Lyudmila Madison Margaret Maria Marie Marilyn Marina Martha Martin Mary Matthew Megan Melissa Michael"
    " Michelle Mikhail Nancy Natalia Natalie Natalya Nathan Nicholas Nicole Nikita Nikolai Nina Noah Oleg Olga Olivia Pamela"
    " Patricia Patrick Paul Pavel Peter Philip Rachel Ralph Raymond Rebecca Richard Robert Roger Ronald Roy Russell Ruth Ryan"
    " Samantha Samuel Sandra Sara Sarah Scott Sean Sergei Sergey Sharon Shirley Simon Sofia Sophia Stephanie Stephen Steve Steven"
    " Stuart Susan Svetlana Tatiana Tatyana Teresa Theresa Thomas Tim Timothy Tom Tyler Vera Victor Victoria Viktor Vincent Virginia"
    " Vladimir Walter Wayne William Yelena Yuri Zachary Ahmed Ali Fatima Hassan Mohammed Muhammad Omar Priya Raj Anita Sanjay Carlos"
    " Pedro Luis Miguel Hans Klaus Pierre Ingrid Oliver Liam Chloe Ella Leo Oscar Lucas Mia Sophie Ben Bob Chris Dan Dave Ed Fred"
    " Greg Jim Jimmy Kate Ken Liz Maggie Matt Mike Nick Pete Rob Sam Sue Tony Vicky Jane Claire Clara Ellen Fiona Geoffrey Graham"
    " Hugh Ian Kim Lily Neil Nigel Rosemary Trevor Tracy Ursula Wendy Yvonne Zoe Alina Anastasia Boris Ekaterina Galina Lyubov"
    " Nadezhda Oksana Valentina Vasily Yulia Ksenia Larisa Lidia Lydia Evgeny Konstantin Maxim Anatoly Gennady Grigory Ilya Kirill"
    " Leonid Roman Ruslan Stanislav Timur Vadim Valery Vitaly Vyacheslav Yaroslav Daria Darya Polina Alla Inna Zhanna"
)
#: First names that are ordinary words: only with a surname behind them.
WORDS = words(
    "Mark Will Bill Rose Grace Hope Faith Joy Frank Grant Rich Gene Chase Guy Dale Glen May April June August Summer Art Jean Ray"
    " Dean Earl Don Drew Lee Iris Ruby Pearl Amber Crystal Violet Daisy Carol Dawn Sandy Sky Rob Jack Roman Sue Pat Max"
)
CHINESE_SURNAMES = words(
    "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie Song Tang Deng Han Feng Cao"
    " Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Wei Su Lu Ding Ren Lv Shen Yao Cui Zhong Tan Fan Jin Shi Liao Jia"
    " Xia Fu Fang Bai Zou Meng Xiong Qin Qiu Hou Yin Xue Yan Duan Lei Long Tao Mao Hao Gong Shao Wan Qian Dai Mo Kong Xiang Ouyang"
    " Sima Shangguan Zhuge Lyu Wen Kang Niu Ge Xing Qi Pang Zhuang Nie Zhai Geng Guan Jiao Zuo Gan Bao Shu Ruan Ji Tong Ling Chang"
    " Chan Wong Cheung Lau Lam Leung Kwok Chow Ng Tsai Hsu Hsieh Chou Kuo"
)
SYLLABLE = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)"
#: No surname stands behind a first name that is a word; no name is before these.
NO_NAME = words(
    "Gas Meter Card Account Street Road Avenue Lane Drive Square Park District City County Province Station Hall Office Center"
    " Centre Company Co Ltd Inc Corp Corporation Group Bank School Hospital University College Hotel Building Tower Plaza Garden"
    " Gardens Community Estate Village Town Region Airport Bridge River Lake Mountain Island Temple Museum Market Mall Store"
    " Restaurant Service Services Customer Department Hotline Safety Energy Utility Utilities Water Heating Boiler Stove Valve Pipe"
    " Pipeline Payment Period Notice Bill Invoice Tariff Contract Application Request Complaint Answer Question Please Thank Thanks"
    " Dear Hello The This That These Those My Our Your His Her Its Their We You They He She It And Or But If When Where Why How What"
    " Who Which From To In On At By For With Without After Before During Since Until Monday Tuesday Wednesday Thursday Friday"
    " Saturday Sunday January February March April May June July August September October November December Day Week Month Year New"
    " Spring Festival National Holiday Autumn Summer Winter Alipay Pay Union Visa Mastercard Law Act Code Standard Article Section"
    " Chapter Regulation Regulations China Chinese Russia Russian English Beijing Shanghai Moscow London America Europe Zone Area"
    " Block Unit Room Floor Flat Apartment House Dadao Lu Jie Gate East West North South Emergency Repair Support Team Desk Counter"
    " Kiosk Machine Terminal Smart Model Series Type Class Number No Yes Not Also Today Tomorrow Yesterday Sir Madam Customers"
    " Residents Everyone Anyone Everybody Anybody Somebody Nobody Here There Hot Cold One Two Three Home Mr Mrs Ms Dr"
)
INTRODUCTIONS = (
    r"[Mm]y name(?: is|'s|:)|[Nn]ame(?: is|:)|named|called|[Ii] am|I'm|I’m|[Tt]his is|[Ss]igned(?: by)?[,:]?|[Rr]egards,|[Ss]incerely,|[Ff]aithfully,|[Tt]hanks,|[Bb]est wishes,|[Cc]ontact(?: person)?:?|[Cc]ustomer:?|[Aa]pplicant:?|[Oo]wner:?|[Tt]enant:?|[Rr]esident:?|[Ss]ubscriber:?"
    r"|[Cc]omplainant:?|[Tt]echnician|[Ee]ngineer|[Ii]nspector|[Cc]lerk|[Aa]gent|[Oo]perator|[Ff]itter|[Pp]lumber|[Ww]orker|[Mm]anager|[Ss]upervisor|[Ss]teward|[Cc]ashier|[Dd]river|[Dd]ispatcher|[Cc]olleague|[Nn]eighbou?r|[Hh]usband|[Ww]ife|[Mm]other|[Ff]ather|[Ss]on|[Dd]aughter"
    r"|[Bb]rother|[Ss]ister|[Uu]ncle|[Aa]unt|[Gg]randmother|[Gg]randfather|[Gg]randma|[Gg]randpa|[Mm]um|[Dd]ad|[Ff]riend|[Ll]andlord|[Ll]andlady|[Rr]oommate|[Dd]ear|[Hh]older:?|[Rr]ecipient:?|[Ss]taff member|[Ee]mployee|[Mm]eter reader|[Ff]oreman|[Dd]octor|[Tt]eacher|[Ll]awyer|[Oo]fficer|[Aa]ttn:?|[Ss]poke to|[Ss]poke with|[Ee]lectrician|[Tt]he elder|[Cc]aller:?|[Cc]ountersigned by|[Aa]ssistant|[Rr]eceptionist|[Cc]oordinator|[Dd]irector|[Mm]ate|[Cc]ousin|[Nn]iece|[Nn]ephew|[Tt]win|[Bb]oss|[Cc]arer|[Bb]ailiff|[Ii]nstaller|[Cc]lient:?|[Pp]atient|[Gg]uest|[Ff]amily of|[Bb]ehalf of|[Ii]t's|[Aa]sk for|[Ee]lderly|[Ww]idow|[Pp]ensioner|[Ll]odger|[Pp]artner|[Ss]ubtenant|[Bb]y"
)
