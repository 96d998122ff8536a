"""What Word, Excel and Google Docs put on the clipboard with a table: the shape of their HTML, invented words."""

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta name=Generator content="Microsoft Word 15"><style><!--
 p.MsoNormal {mso-style-unhide:no; margin:0cm; font-size:11.0pt;}
 @list l0:level1 {mso-level-number-format:bullet; mso-level-text:\\F0B7;}
--></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'>
<!--StartFragment-->
<p class=MsoNormal><b>Theme 1: Visibility<o:p></o:p></b></p>
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0'>
  <td width=150 valign=top style='width:112.7pt;background:#1F3864;padding:0cm 5.4pt'><p class=MsoNormal><b>Planned
  action<o:p></o:p></b></p></td>
  <td width=150 style='background:#1F3864'><p class=MsoNormal>Lead<o:p></o:p></p></td>
  <td style='background:#1F3864'><p class=MsoNormal>Success measures</p></td>
  <td style='background:#1F3864'><p class=MsoNormal>RAG</p></td>
 </tr>
 <tr>
  <td><p class=MsoNormal>A gallery of
  portraits in each &quot;main&quot; building<del cite="mailto:x" datetime="2026-01-01"> and shed</del></p></td>
  <td rowspan=2 valign=top><p class=MsoNormal>Head of Communications</p></td>
  <td><p class=MsoListParagraphCxSpFirst><![if !supportLists]><span style='font-family:Symbol'><span
  style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>
  Portraits on walls: 6 by Aug 2025</p>
  <p class=MsoListParagraphCxSpLast><![if !supportLists]><span>·<span>&nbsp; </span></span>
  <![endif]>Visitors asked (July 2026)</p></td>
  <td style='background:#92D050;padding:0cm'><p class=MsoNormal><o:p>&nbsp;</o:p></p></td>
 </tr>
 <tr>
  <td><p class=MsoNormal>Open days with technicians<script>alert(1)</script></p></td>
  <td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td>
  <td><p class=MsoNormal><span style='background:yellow;mso-highlight:yellow'>See &lt;below&gt;</span></p></td>
 </tr>
</table>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Theme 2: Recognition</p>
<table border=1><tr><td>Planned action</td><td>Lead</td><td>Success measures</td><td>RAG</td></tr>
 <tr><td>An awards evening</td><td>Dean</td><td>&nbsp;</td><td bgcolor=red>Late</td></tr></table>
<!--EndFragment-->
</body></html>"""

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Excel 15">
<style>
<!--table {mso-displayed-decimal-separator:"\\."; mso-displayed-thousand-separator:"\\,";}
.font5 {color:black;}
td {padding-top:1px; mso-ignore:padding; vertical-align:bottom;}
.xl65 {mso-number-format:"Short Date";}
.xl66 {background:#00B050; mso-pattern:black none;}
.xl67 {background:#FFC000; mso-pattern:black none;}
.xl68 {background:#D9D9D9; mso-pattern:black none; white-space:normal;}
--></style></head>
<body link="#0563C1" vlink="#954F72">
<table border=0 cellpadding=0 cellspacing=0 width=512 style='border-collapse:collapse;width:384pt'>
<!--StartFragment-->
 <col width=64 span=5 style='width:48pt'>
 <tr height=20><td height=20 class=xl68 style='height:15.0pt'>Theme</td><td class=xl68>Objective</td>
  <td class=xl68>Deadline</td><td class=xl68>Status</td><td class=xl68>Progress</td></tr>
 <tr height=20><td colspan=5 height=20 style='mso-ignore:colspan'>Sustainability</td></tr>
 <tr><td rowspan=2 height=40></td><td class=xl68>Apprentices<br>
    in two schools</td><td class=xl65 align=right>31/07/2026</td><td class=xl66></td><td>Two have begun</td></tr>
 <tr><td>Succession for each critical skill</td><td class=xl65 align=right>01/12/2026</td><td class="xl67">Begun</td>
  <td>“First” list	made</td></tr>
<!--EndFragment-->
</table></body></html>"""

GOOGLE_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-5f2c"><div dir="ltr">
<table style="border:none;border-collapse:collapse;"><colgroup><col width="156"/><col width="156"/></colgroup><tbody>
<tr style="height:0pt"><td style="border-left:solid #000 1pt;background-color:#efefef;"><p dir="ltr"
 style="line-height:1.2;"><span style="background-color:transparent;">Pillar</span></p></td><td><p><span>What
 we will do</span></p></td><td><p><span>By when</span></p></td><td><p><span>Where it stands (RAG)</span></p></td></tr>
<tr><td rowspan="2"><p dir="ltr"><span>Career development</span></p></td><td><p><span>A pathway of five
 levels</span></p><p><span>with job descriptions</span></p></td><td><p><span>Sept 2026</span></p></td>
<td style="background-color:rgb(204, 0, 0);overflow:hidden;"><br></td></tr>
<tr><td><p><span>Time for training</span></p></td><td><p><span>Q2 2027</span></p></td><td
 style="background-color:#6aa84f"><p><span>3 of 5 schools</span></p></td></tr></tbody></table></div><br /></b>"""
