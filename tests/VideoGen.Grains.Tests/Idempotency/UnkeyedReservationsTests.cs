using VideoGen.Grains.Idempotency;

namespace VideoGen.Grains.Tests.Idempotency;

public sealed class UnkeyedReservationsTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private UnkeyedReservations _known = new();
    private DateTimeOffset _now = Start;

    [Fact]
    public void Equal_first_requests_are_as_many_generations()
    {
        Assert.Equal(["a", "b", "c"], [Send("a", 0), Send("b", 0), Send("c", 0)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_repetition_belongs_to_the_first_request(bool isAnswered)
    {
        Send("a", 0);
        Answer("a", isAnswered);

        Assert.Equal("a", Send("b", 1));
        Answer("a", isAnswered);
        Assert.Equal("a", Send("c", 2));
        Assert.Equal("a", Send("d", 3));
    }

    [Fact]
    public void A_repetition_of_a_request_that_never_arrived_is_the_first() => Assert.Equal("a", Send("a", 1));

    [Fact]
    public void A_repetition_belongs_to_a_request_without_an_answer_before_an_answered_one()
    {
        Send("a", 0);
        Send("b", 0);
        Send("c", 0);
        Answer("a");
        Answer("c");

        Assert.Equal("b", Send("d", 1));
        Answer("b");
        Assert.Equal("b", Send("e", 2));
    }

    [Fact]
    public void Repetitions_of_equal_requests_without_answers_belong_to_one_each()
    {
        Send("a", 0);
        Send("b", 0);

        Assert.Equal(["a", "b"], [Send("c", 1), Send("d", 1)]);
        Assert.Equal(["a", "b"], [Send("e", 2), Send("f", 2)]);
    }

    [Fact]
    public void Repetitions_of_equal_requests_whose_answers_were_lost_on_their_way_belong_to_one_each()
    {
        Send("a", 0);
        Send("b", 0);
        Answer("a");
        Answer("b");

        Assert.Equal(["a", "b"], new[] { Send("c", 1), Send("d", 1) }.Order());
    }

    [Fact]
    public void Repetitions_of_equal_requests_that_a_crash_left_behind_belong_to_one_each_whatever_their_count()
    {
        Send("a", 0);
        Send("b", 0);
        Send("c", 0);

        Assert.Equal(["a", "b", "c"], [Send("d", 2, "next"), Send("e", 3, "next"), Send("f", 1, "next")]);
    }

    [Fact]
    public void A_second_repetition_belongs_to_what_the_first_one_was_answered()
    {
        Send("a", 0);
        Answer("a");
        Send("b", 1);
        Answer("a");
        Send("c", 0);
        Answer("c");

        Assert.Equal("a", Send("d", 2));
    }

    [Fact]
    public void A_call_whose_reply_was_lost_is_answered_the_same_and_changes_nothing()
    {
        Send("a", 0);
        Send("b", 1);
        var before = _known;

        Assert.Equal(["a", "a"], [Send("a", 0), Send("b", 1)]);
        Assert.Same(before, _known);
    }

    [Fact]
    public void Without_a_count_equal_requests_are_as_many_generations_while_each_is_answered()
    {
        Assert.Equal(["a", "b"], [Send("a"), Send("b")]);
        Answer("a");
        Answer("b");

        Assert.Equal("c", Send("c", node: "other"));
    }

    [Fact]
    public void Without_a_count_a_request_whose_response_could_not_be_written_is_repeated_by_the_next()
    {
        Send("a");
        Lose("a", "a");

        Assert.Equal("a", Send("b"));
        Lose("a", "b");
        Assert.Equal("a", Send("c"));
        Answer("a");
        Assert.Equal("d", Send("d"));
    }

    [Fact]
    public void Without_a_count_what_another_process_left_unanswered_is_repeated() =>
        Assert.Equal(["a", "a", "c"], [Send("a"), Send("b", node: "other"), Send("c", node: "other")]);

    [Fact]
    public void The_end_of_the_first_request_does_not_take_the_generation_from_its_repetition()
    {
        Send("a");
        Lose("a", "a");
        Send("b");
        Lose("a", "a");

        Assert.Equal("c", Send("c"));
    }

    [Fact]
    public void A_refused_request_is_repeated_under_its_own_id_beside_an_older_equal_one()
    {
        Send("a", 0);
        Answer("a");
        Send("b", 0);
        _known = _known.End("b", "b", isSent: true);

        Assert.Equal("b", Send("c", 1));
    }

    [Fact]
    public void A_refused_request_does_not_take_the_repetition_of_a_newer_accepted_one()
    {
        Send("a", 0);
        _known = _known.End("a", "a", isSent: true);
        Send("b", 0);
        Answer("b");

        Assert.Equal("b", Send("c", 1));
    }

    [Fact]
    public void A_client_that_waits_ten_minutes_for_each_answer_is_recognized()
    {
        Send("a", 0);
        Answer("a");
        _now = Start + TimeSpan.FromMinutes(10);
        Assert.Equal("a", Send("b", 1));
        _now = Start + TimeSpan.FromMinutes(20);
        Assert.Equal("a", Send("c", 2));
    }

    [Fact]
    public void What_was_not_requested_for_a_quarter_of_an_hour_is_forgotten()
    {
        Send("a", 0);
        _now = Start + UnkeyedReservations.Window;

        Assert.Equal("b", Send("b", 1));
        Assert.Equal("b", Assert.Single(_known.Items).GenerationId);
    }

    [Fact]
    public void No_more_than_the_capacity_is_remembered_and_what_was_answered_is_forgotten_first()
    {
        Send("lost", 0);
        for (var i = 0; i < 2 * UnkeyedReservations.Capacity; i++)
        {
            Send($"{i}", 0);
            Answer($"{i}");
        }

        Assert.Equal(UnkeyedReservations.Capacity, _known.Items.Length);
        Assert.Equal("lost", Send("again", 1));
    }

    private string Send(string id, int? count = null, string node = "node")
    {
        (_known, var reserved) = _known.Reserve(new UnkeyedRequest(id, count, node), _now);
        return reserved.GenerationId;
    }

    private void Answer(string id, bool isAnswered = true)
    {
        _known = _known.Accept(id);
        _known = isAnswered ? _known.End(id, id, isSent: true) : _known;
    }

    private void Lose(string id, string request) => _known = _known.Accept(id).End(id, request, isSent: false);
}
