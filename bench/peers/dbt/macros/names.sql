{# A model `core__issue` is the table `core.issue`: schemas by their plain names, tables without the prefix. #}
{% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name or target.schema }}{% endmacro %}

{% macro generate_alias_name(custom_alias_name=none, node=none) %}{{ node.name.split('__')[-1] }}{% endmacro %}
