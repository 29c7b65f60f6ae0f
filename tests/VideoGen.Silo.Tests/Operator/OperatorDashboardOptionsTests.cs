using VideoGen.Silo.Operator;

namespace VideoGen.Silo.Tests.Operator;

public sealed class OperatorDashboardOptionsTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("hunter2", false)]
    [InlineData("a-long-enough-token", true)]
    public void A_token_that_can_be_guessed_stops_the_start(string? token, bool isRight) => Assert.Equal(
        isRight, new OperatorDashboardOptionsValidator()
        .Validate(null, new OperatorDashboardOptions { Token = token }).Succeeded);
}
