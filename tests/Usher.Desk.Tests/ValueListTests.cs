using Usher.Desk.Cards;
using Usher.Desk.Values;

namespace Usher.Desk.Tests;

public sealed class ValueListTests
{
    [Fact]
    public void Lists_with_the_same_items_are_the_same()
    {
        ValueList<string> one = ["a", "b"], other = ["a", "b"];
        Assert.True(one == other && one.Equals((object)other));
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.True(one != ["b", "a"]);
        Assert.False(one.Equals("a, b"));
    }

    [Fact]
    public void A_list_never_made_is_an_empty_one()
    {
        ValueList<int> none = default;
        Assert.Equal<ValueList<int>>([], none);
        Assert.Empty(none);
        Assert.Equal<ValueList<int>>([7], none.Add(7));
        Assert.Equal<ValueList<int>>([7, 8], none.AddRange([7, 8]));
        Assert.Equal(new ValueList<int>().GetHashCode(), none.GetHashCode());
    }

    [Fact]
    public void Adding_and_removing_leave_the_list_as_it_was()
    {
        ValueList<int> list = [1, 2, 1];
        Assert.Equal<ValueList<int>>([2, 1], list.Remove(1));
        Assert.Equal<ValueList<int>>([1, 2, 1], list.Remove(9));
        Assert.Equal((3, 2), (list.Count, list[1]));
    }

    [Fact]
    public void Records_that_hold_lists_compare_by_value() =>
        Assert.Equal(new Card([new Words("x"), new Buttons([new Button("Go", null)])]), new Card([new Words("x"), new Buttons([new Button("Go", null)])]));
}
