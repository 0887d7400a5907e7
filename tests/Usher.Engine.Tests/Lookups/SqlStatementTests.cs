using NpgsqlTypes;
using Usher.Engine.Lookups;
using Xunit;

namespace Usher.Engine.Tests.Lookups;

/// <summary>The statement that goes to a database of others.</summary>
public sealed class SqlStatementTests
{
    [Fact]
    public void The_query_stands_within_another_and_its_values_apart()
    {
        var statement = SqlDatabases.Statement("select * from t where a = {answer} and b = {opener} or a = {answer} and c = '{x}'", ["a", "od\"d"], 25, name => name == "x" ? null : "v-" + name);

        Assert.Equal("select \"a\", \"od\"\"d\" from (\nselect * from t where a = $1 and b = $2 or a = $1 and c = '{x}'\n) as looked_up limit 25", statement.CommandText);
        Assert.Equal(["v-answer", "v-opener"], statement.Parameters.Select(parameter => parameter.Value));
        Assert.All(statement.Parameters, parameter => Assert.Equal(NpgsqlDbType.Unknown, parameter.NpgsqlDbType));
    }
}
